using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RealtimeSessions.Protocol.Data;
using static RealtimeSessions.Protocol.Tests.Data.Trees;

namespace RealtimeSessions.Protocol.Tests.Data;

/// <summary>Random JSON that often meets: few names, many nulls, objects, arrays and scalars in the same places.</summary>
internal static class JsonArbitrary
{
    private static readonly Gen<string> Names = Gen.Frequency(
        (8, Gen.Elements("\"a\"", "\"b\"", "\"c\"")),
        (1, Gen.Elements("\"\"", "\"__proto__\"", "\"é\"", "\"😀\"", "\"\\u0001\"", "\"ab\"", "\"A\"", "\"\\\"\"")),
        (1, Gen.Elements("\"ｚ\"", "\"\\u0061b\"", "\"\\ud83d\\ude00\"", "\"constructor\"", "\"10\"", "\"9\"")));

    private static readonly Gen<string> Scalars = Gen.Frequency(
        (4, Gen.Constant("null")),
        (3, Gen.Elements("1", "2", "true")),
        (1, Gen.Elements("-0", "1.10", "12345678901234567890", "1E400", "1e-7", "false")),
        (1, Gen.Elements("\"\"", "\"x\"", "\"é😀\"", "\"\\u00e9\"", "\"\\n\\u000b\\/\\\\\"", "\" \\u2028\"")));

    /// <summary>Texts as somebody might write them: members in any order, white space, needless escapes.</summary>
    public static Gen<string> Texts { get; } = Value(4);

    /// <summary>Any JSON.</summary>
    public static Arbitrary<JsonTree> Values { get; } = Arb.From(Texts.Select(Tree), Smaller);

    /// <summary>Objects.</summary>
    public static Arbitrary<JsonTree> Objects { get; } = Arb.From(Object(4).Select(Tree), Smaller);

    /// <summary>Objects without null members outside arrays, as session data is.</summary>
    public static Arbitrary<JsonTree> Documents { get; } =
        Arb.From(Object(4).Select(text => NaiveMergePatch.Apply(JsonTree.Empty, Tree(text))), Smaller);

    /// <summary>Runs of patches.</summary>
    public static Arbitrary<JsonTree[]> Runs { get; } = Arb.From(
        Gen.Choose(0, 8).SelectMany(count => Object(3).Select(Tree).ArrayOf(count)),
        run => run.Select((_, index) => run.Where((_, other) => other != index).ToArray())
            .Concat(run.SelectMany((patch, index) => Smaller(patch).Select(smaller => run.Select((old, other) => other == index ? smaller : old).ToArray()))));

    private static Gen<string> Value(int depth) => depth == 0
        ? Scalars
        : Gen.Frequency((3, Scalars), (4, Object(depth)), (1, Array(depth)));

    private static Gen<string> Object(int depth) =>
        from count in Gen.Choose(0, 4)
        from names in Names.ArrayOf(count)
        from values in Value(depth - 1).ArrayOf(count)
        from space in Gen.Elements(string.Empty, string.Empty, " ", "\r\n\t")
        let members = names.Zip(values).DistinctBy(member => JsonSerializer.Deserialize<string>(member.First))
        select $"{{{space}{string.Join($"{space},", members.Select(member => $"{member.First}{space}:{space}{member.Second}"))}{space}}}";

    private static Gen<string> Array(int depth) =>
        from count in Gen.Choose(0, 3)
        from items in Value(depth - 1).ArrayOf(count)
        from space in Gen.Elements(string.Empty, " ")
        select $"[{space}{string.Join($",{space}", items)}]";

    private static IEnumerable<JsonTree> Smaller(JsonTree tree) =>
        tree.Members.Select(member => tree.Without(member.Name))
            .Concat(tree.Members.SelectMany(member => Smaller(member.Value).Select(value => tree.With(member.Name, value))));
}
