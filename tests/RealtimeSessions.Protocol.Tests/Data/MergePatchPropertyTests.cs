using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RealtimeSessions.Protocol.Data;
using static RealtimeSessions.Protocol.Tests.Data.Trees;

namespace RealtimeSessions.Protocol.Tests.Data;

/// <summary>What holds for every JSON value and every patch.</summary>
public sealed class MergePatchPropertyTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(3000);

    [Fact]
    public void Parse_AnyText_KeepsItsMeaning() => Check.One(Config, Prop.ForAll(Arb.From(JsonArbitrary.Texts), text =>
    {
        var tree = Tree(text);
        AssertSound(tree);
        using var expected = JsonDocument.Parse(text);
        using var actual = JsonDocument.Parse(tree.ToUtf8Bytes());
        Assert.True(JsonElement.DeepEquals(expected.RootElement, actual.RootElement));
    }));

    [Fact]
    public void Parse_BrokenText_ThrowsJsonExceptionOnly() => Check.One(
        Config,
        Prop.ForAll(Arb.From(JsonArbitrary.Texts), Arb.From(Gen.Choose(0, 1000)), Arb.From(Gen.Choose(0, 255)), (text, place, value) =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            bytes[place % bytes.Length] = (byte)value;
            var refusal = Record.Exception(() => AssertSound(JsonTree.Parse(bytes)));
            Assert.True(refusal is null or JsonException { Path: not null }, refusal?.ToString());
        }));

    [Fact]
    public void Apply_AnyPatch_GivesWhatTheStandardSays() =>
        Check.One(Config, Prop.ForAll(JsonArbitrary.Values, JsonArbitrary.Values, (target, patch) =>
        {
            var text = target.ToString();
            var result = MergePatch.Apply(target, patch);

            AssertCanonical(NaiveMergePatch.Apply(target, patch).ToString(), result);
            AssertCanonical(text, target);
            Assert.Equal(result.Equals(target), ReferenceEquals(result, target));
        }));

    [Fact]
    public void TryCompose_AnyTwo_FailsExactlyOnConflict() =>
        Check.One(Config, Prop.ForAll(JsonArbitrary.Values, JsonArbitrary.Values, JsonArbitrary.Values, (target, first, second) =>
        {
            Assert.Equal(!NaiveMergePatch.Conflict(first, second), MergePatch.TryCompose(first, second, out var composed));
            if (composed is not null)
            {
                AssertSound(composed);
                Assert.Equal(MergePatch.Apply(MergePatch.Apply(target, first), second), MergePatch.Apply(target, composed));
            }
        }));

    [Fact]
    public void PatchRun_AnyRun_GivesWhatItsPatchesGive() =>
        Check.One(Config, Prop.ForAll(JsonArbitrary.Objects, JsonArbitrary.Runs, (target, patches) =>
        {
            var run = patches.Aggregate(PatchRun.Empty, (run, patch) => run.Add(patch));

            AssertSound(run.Data);
            Assert.Equal(patches.Aggregate(target, MergePatch.Apply), run.ApplyTo(target));
            Assert.True(run.Clear is null || IsClear(run.Clear, run.Data), $"{run.Clear} {run.Data}");
        }));

    [Fact]
    public void Invert_AnyPatch_TakesItBackAndTouchesNothingElse() =>
        Check.One(Config, Prop.ForAll(JsonArbitrary.Documents, JsonArbitrary.Values, (before, patch) =>
        {
            var inverse = MergePatch.Invert(before, patch);

            AssertSound(inverse);
            Assert.Equal(before, MergePatch.Apply(MergePatch.Apply(before, patch), inverse));
            Assert.True(TouchesOnly(inverse, patch), $"{inverse} {patch}");
        }));

    [Fact]
    public void Difference_AnyTwo_LeadsFromOneToTheOther() =>
        Check.One(Config, Prop.ForAll(JsonArbitrary.Documents, JsonArbitrary.Documents, (from, to) =>
        {
            var difference = MergePatch.Difference(from, to);

            AssertSound(difference);
            Assert.Equal(to, MergePatch.Apply(from, difference));
            Assert.Equal(from.Equals(to), ReferenceEquals(difference, JsonTree.Empty));
            Assert.True(IsSmallest(difference, from, to), $"{from} {to} {difference}");
        }));

    [Fact]
    public void Difference_OfAPatchedDocument_TouchesNothingElse() =>
        Check.One(Config, Prop.ForAll(JsonArbitrary.Documents, JsonArbitrary.Objects, (from, patch) =>
            Assert.True(TouchesOnly(MergePatch.Difference(from, MergePatch.Apply(from, patch)), patch))));

    [Fact]
    public void Difference_ValuesThatAreNoObjects_IsTheOther() =>
        Check.One(Config, Prop.ForAll(JsonArbitrary.Documents, JsonArbitrary.Values, (from, value) =>
        {
            var to = value.IsObject ? JsonTree.Null : value;
            Assert.Same(to, MergePatch.Difference(from, to));
            Assert.Same(from, MergePatch.Difference(to, from));
            Assert.Same(to, MergePatch.Difference(to, to));
        }));

    /// <summary>Whether every member of a patch changes something: it removes what is there, brings what is not, or replaces another value.</summary>
    private static bool IsSmallest(JsonTree patch, JsonTree from, JsonTree to) => patch.Members.All(change =>
    {
        var (was, old) = (from.TryGetMember(change.Name, out var before), before);
        return !to.TryGetMember(change.Name, out var after)
            ? was && change.Value.IsNull
            : !was || !(old!.IsObject && after.IsObject) ? change.Value.Equals(after) && !after.Equals(old)
            : change.Value.Members.Count > 0 && IsSmallest(change.Value, old, after);
    });

    /// <summary>Whether there are only nulls, all at paths where the data has objects without nulls.</summary>
    private static bool IsClear(JsonTree clear, JsonTree data) => data.IsObject && (clear.IsNull
        ? ReferenceEquals(MergePatch.Apply(JsonTree.Null, data), data)
        : clear.IsObject && clear.Members.Count > 0
            && clear.Members.All(member => data.TryGetMember(member.Name, out var value) && IsClear(member.Value, value)));

    private static bool TouchesOnly(JsonTree inverse, JsonTree patch) => !patch.IsObject || !inverse.IsObject
        || inverse.Members.All(member => patch.TryGetMember(member.Name, out var change) && TouchesOnly(member.Value, change));
}
