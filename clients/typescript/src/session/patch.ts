/** A merge patch (RFC 7396) of data: members merge at every depth, arrays and scalars replace, `null` removes. */
export type Patch<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [K in keyof T]?: Patch<T[K]> | null } : T;
