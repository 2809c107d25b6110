/** The only format whose pages can be pictures of text. */
const PDF = 'application/pdf';

/** Whether text recognition supports a document type. */
export function isRecognisable(mediaType: string): boolean {
  return mediaType === PDF;
}

/** The end of a sentence about pages without text: the owner's remedy. */
export function textlessPagesRemedy(mediaType: string, isRecognising: boolean): string {
  if (!isRecognisable(mediaType)) return '';
  return isRecognising ? ', and none was recognised' : ': scans? Run text recognition (OCR=tesseract, or OCR_COMMAND)';
}

/** The end of a sentence about a document without text: the owner's remedy. */
export function textlessDocumentRemedy(mediaType: string, isRecognising: boolean): string {
  if (!isRecognisable(mediaType)) return '';
  return isRecognising
    ? ', and text recognition found none'
    : ' (a scan?): run it through text recognition first, or let the worker do it (OCR=tesseract, or OCR_COMMAND)';
}
