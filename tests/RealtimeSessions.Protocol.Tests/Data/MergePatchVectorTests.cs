using RealtimeSessions.Protocol.Data;
using static RealtimeSessions.Protocol.Tests.Data.Trees;

namespace RealtimeSessions.Protocol.Tests.Data;

public sealed class MergePatchVectorTests
{
    private static readonly MergePatchVectors Vectors = MergePatchVectors.Read();

    public static TheoryData<string> ApplyNames => [.. Vectors.Apply.Select(vector => vector.Name)];

    public static TheoryData<string> ComposeNames => [.. Vectors.Compose.Select(vector => vector.Name)];

    public static TheoryData<string> InvertNames => [.. Vectors.Invert.Select(vector => vector.Name)];

    public static TheoryData<string> RefusedNames => [.. Vectors.Refused.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(ApplyNames))]
    public void Apply_Vector_GivesResult(string name)
    {
        var vector = Vectors.Apply.Single(vector => vector.Name == name);

        AssertCanonical(vector.Result, MergePatch.Apply(Tree(vector.Target), Tree(vector.Patch)));
    }

    [Theory]
    [MemberData(nameof(ComposeNames))]
    public void TryCompose_Vector_GivesPatchOrNone(string name)
    {
        var vector = Vectors.Compose.Single(vector => vector.Name == name);
        var (first, second) = (Tree(vector.First), Tree(vector.Second));
        var run = PatchRun.Empty.Add(first).Add(second);

        Assert.Equal(vector.Composed is not null, MergePatch.TryCompose(first, second, out var composed));
        Assert.Equal(vector.Composed, composed?.ToString());
        Assert.Equal(vector.Clear, run.Clear?.ToString());
        AssertCanonical(vector.Data ?? vector.Composed!, run.Data);
    }

    [Theory]
    [MemberData(nameof(InvertNames))]
    public void Invert_Vector_GivesInverse(string name)
    {
        var vector = Vectors.Invert.Single(vector => vector.Name == name);
        var (before, patch) = (Tree(vector.Before), Tree(vector.Patch));
        var inverse = MergePatch.Invert(before, patch);

        AssertCanonical(vector.Inverse, inverse);
        AssertCanonical(before.ToString(), MergePatch.Apply(MergePatch.Apply(before, patch), inverse));
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void Parse_RefusedVector_Throws(string name)
    {
        var refusal = Assert.Throws<JsonTreeException>(() => Tree(Vectors.Refused.Single(vector => vector.Name == name).Text));

        Assert.StartsWith("$", refusal.Path, StringComparison.Ordinal);
    }
}
