/** A form with one file, as a browser would send it. */
export function fileForm(content: string | Uint8Array<ArrayBuffer>, fileName: string, partName = 'file'): FormData {
  const form = new FormData();
  form.append(partName, new File([content], fileName));
  return form;
}
