/** Returns whether a name or an ARN, with the qualifier of a version or alias or without, is that of a function. */
export const namesFunction = (
  given: string,
  { name, arn }: { readonly name: string; readonly arn: string },
): boolean =>
  // An alias is the function's ARN or name with a qualifier; here a function has one version.
  [name, arn].some((own) => own === given || given.startsWith(`${own}:`));
