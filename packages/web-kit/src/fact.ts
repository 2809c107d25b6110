/** A figure with its name. */
export interface Fact {
  name: string;
  value: string;
  /** A text that is longer than a figure. */
  isText?: boolean;
}
