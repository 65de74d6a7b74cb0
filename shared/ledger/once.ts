/** Works something out once for each object that it is asked of; an object that is forgotten takes it along. */
export const once = <Of extends object, Value>(workOut: (of: Of) => Value): ((of: Of) => Value) => {
  const known = new WeakMap<Of, Value>();
  return (of) => {
    const found = known.get(of);
    if (found !== undefined) return found;
    const value = workOut(of);
    known.set(of, value);
    return value;
  };
};
