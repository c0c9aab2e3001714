using System.Reflection;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Tests.Requests;

public sealed class LimitsValidatorTests
{
    private static readonly LimitsValidator Validator = new();

    public static TheoryData<string> Names => [.. typeof(LimitsOptions).GetProperties().Select(property => property.Name)];

    [Fact]
    public void Validate_TheDefaults_AreFine() => Assert.True(Validator.Validate(null, new LimitsOptions()).Succeeded);

    [Theory]
    [MemberData(nameof(Names))]
    public void Validate_OneThatIsNegative_NamesIt(string name)
    {
        var limits = new LimitsOptions();
        MakeNegative(limits, name);

        var failure = Assert.Single(Validator.Validate(null, limits).Failures!);
        Assert.StartsWith($"Limits:{name} must ", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_AllNegative_NamesThemAll()
    {
        var limits = new LimitsOptions();
        foreach (var property in typeof(LimitsOptions).GetProperties())
        {
            MakeNegative(limits, property.Name);
        }

        Assert.Equal(typeof(LimitsOptions).GetProperties().Length, Validator.Validate(null, limits).Failures!.Count());
    }

    [Theory]
    [InlineData(nameof(LimitsOptions.MaximumMessageBytes), 1024, 1023)]
    [InlineData(nameof(LimitsOptions.MaximumBodyBytes), 1024, 1023)]
    [InlineData(nameof(LimitsOptions.MaximumDataBytes), 4 * 1024 * 1024, (4 * 1024 * 1024) + 1)]
    [InlineData(nameof(LimitsOptions.MaximumDepth), 60, 61)]
    [InlineData(nameof(LimitsOptions.MaximumDepth), 1, 0)]
    [InlineData(nameof(LimitsOptions.MaximumNameLength), 1_000, 1_001)]
    [InlineData(nameof(LimitsOptions.MaximumCommentLength), 100_000, 100_001)]
    [InlineData(nameof(LimitsOptions.MaximumCommentLength), 1, 0)]
    [InlineData(nameof(LimitsOptions.MaximumParticipants), 10_000, 10_001)]
    [InlineData(nameof(LimitsOptions.CallsPerSecond), 0, -1)]
    [InlineData(nameof(LimitsOptions.CallBurst), 1, 0)]
    [InlineData(nameof(LimitsOptions.MaximumPresenceBytes), 8 * 1024, (8 * 1024) + 1)]
    [InlineData(nameof(LimitsOptions.MaximumPresenceBytes), 2, 1)]
    [InlineData(nameof(LimitsOptions.MaximumSignalBytes), 8 * 1024, (8 * 1024) + 1)]
    [InlineData(nameof(LimitsOptions.SignalsPerSecond), 0, -1)]
    [InlineData(nameof(LimitsOptions.SignalBurst), 1, 0)]
    public void Validate_OnBothSidesOfARange_RefusesOne(string name, int allowed, int refused)
    {
        var property = typeof(LimitsOptions).GetProperty(name)!;
        var limits = new LimitsOptions();

        property.SetValue(limits, allowed);
        Assert.True(Validator.Validate(null, limits).Succeeded);
        property.SetValue(limits, refused);
        Assert.Contains(name, Assert.Single(Validator.Validate(null, limits).Failures!), StringComparison.Ordinal);
    }

    private static void MakeNegative(LimitsOptions limits, string name)
    {
        PropertyInfo property = typeof(LimitsOptions).GetProperty(name)!;
        property.SetValue(limits, property.PropertyType == typeof(int) ? -1 : TimeSpan.FromSeconds(-1));
    }
}
