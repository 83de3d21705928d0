/**
 * Forms: a control that is named `nodeType` or `nextSibling` stands in the place of that property of its form, in the world of
 * an extension's scripts too. https://html.spec.whatwg.org/multipage/forms.html#dom-form-nameditem
 */

/** What a form has under its name. */
const NAMED = ':is(button, fieldset, img, input, object, output, select, textarea)';

/** Takes the names away that stand in the place of a property of their form, in a copy of a page. */
export function unclobberForms(copy: ParentNode): void {
  for (const control of copy.querySelectorAll(NAMED)) {
    for (const attribute of ['name', 'id']) {
      if ((control.getAttribute(attribute) ?? '') in HTMLFormElement.prototype) control.removeAttribute(attribute);
    }
  }
}

/** A form with all that is in it, in another document, as safe to read as any other element. */
export function copyOfForm(form: HTMLFormElement, document: Document): Element {
  const copy = document.importNode(form, true);
  const holder = document.createDocumentFragment();
  holder.append(copy);
  unclobberForms(holder);
  return copy;
}
