namespace Wego.Jq;

/// <summary>Functions that are best said in the language itself; each may use those above it.</summary>
internal static class Prelude
{
    public const string Text = """
        def select(f): if f then . else empty end;
        def map(f): [.[] | f];
        def recurse(f; condition): recurse(f | select(condition));
        def with_entries(f): to_entries | map(f) | from_entries;
        def in(object): . as $key | object | has($key);
        def inside(whole): . as $part | whole | contains($part);
        def isempty(f): first((f | false), true);
        def any(source; condition): isempty(first(source | condition | select(.))) | not;
        def all(source; condition): isempty(first(source | condition | select(. | not)));
        def any(condition): any(.[]; condition);
        def all(condition): all(.[]; condition);
        def any: any(.);
        def all: all(.);
        def IN(source): any(. == source; .);
        def IN(source; wanted): any(source == wanted; .);
        def until(condition; update): recurse(if condition then empty else update end) | select(condition);
        def while(condition; update): recurse(if condition then update else empty end) | select(condition);
        def walk(f): if type == "array" then map(walk(f)) elif type == "object" then with_entries({key, value: (.value | walk(f))}) else . end | f;
        def splits($pattern; flags): split($pattern; flags) | .[];
        def splits(pattern): splits(pattern; null);
        def nulls: select(. == null);
        def booleans: select(type == "boolean");
        def numbers: select(type == "number");
        def strings: select(type == "string");
        def arrays: select(type == "array");
        def objects: select(type == "object");
        def iterables: select(type == "array" or type == "object");
        def scalars: select(type != "array" and type != "object");
        def values: select(. != null);
        """;
}
