using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Server.Requests;

/// <summary>Checks the limits themselves, and reports all that is wrong.</summary>
internal sealed class LimitsValidator : IValidateOptions<LimitsOptions>
{
    private const int KiB = 1024;

    /// <summary>One event holds at most 4 MiB, and the data must fit into one.</summary>
    private const int MaximumDataBytes = 4 * 1024 * KiB;

    /// <summary>States and signals go from server to server, and in a cluster of Redis to each of its nodes.</summary>
    private const int MaximumMomentBytes = 8 * KiB;

    public ValidateOptionsResult Validate(string? name, LimitsOptions options)
    {
        var failures = Ranges(options)
            .Where(range => range.Value < range.Least || range.Value > range.Most)
            .Select(range => range.Most == int.MaxValue
                ? $"Limits:{range.Name} must be {range.Least} or more."
                : $"Limits:{range.Name} must be {range.Least} to {range.Most}.")
            .Concat(options.CallPatience < TimeSpan.Zero ? ["Limits:CallPatience must not be negative."] : [])
            .ToArray();
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<(string Name, int Value, int Least, int Most)> Ranges(LimitsOptions options) =>
    [
        (nameof(options.MaximumMessageBytes), options.MaximumMessageBytes, KiB, int.MaxValue),
        (nameof(options.MaximumBodyBytes), options.MaximumBodyBytes, KiB, int.MaxValue),
        (nameof(options.MaximumDataBytes), options.MaximumDataBytes, 1, MaximumDataBytes),
        (nameof(options.MaximumDepth), options.MaximumDepth, 1, JsonTreeConverter.MaximumDepth),
        (nameof(options.MaximumProperties), options.MaximumProperties, 1, 1_000),
        (nameof(options.MaximumPropertyBytes), options.MaximumPropertyBytes, 1, 64 * KiB),
        (nameof(options.MaximumNameLength), options.MaximumNameLength, 1, 1_000),
        (nameof(options.MaximumDescriptionLength), options.MaximumDescriptionLength, 1, 100_000),
        (nameof(options.MaximumCommentLength), options.MaximumCommentLength, 1, 100_000),
        (nameof(options.MaximumParticipants), options.MaximumParticipants, 1, 10_000),
        (nameof(options.MaximumRoles), options.MaximumRoles, 1, 500),
        (nameof(options.MaximumJoinedSessions), options.MaximumJoinedSessions, 1, int.MaxValue),
        (nameof(options.MaximumWatchedApplications), options.MaximumWatchedApplications, 1, int.MaxValue),
        (nameof(options.MaximumJoinedConversations), options.MaximumJoinedConversations, 1, int.MaxValue),
        (nameof(options.MaximumWatchedSpaces), options.MaximumWatchedSpaces, 1, int.MaxValue),
        (nameof(options.CallsPerSecond), options.CallsPerSecond, 0, int.MaxValue),
        (nameof(options.CallBurst), options.CallBurst, 1, int.MaxValue),
        (nameof(options.MaximumPresenceBytes), options.MaximumPresenceBytes, 2, MaximumMomentBytes),
        (nameof(options.MaximumSignalBytes), options.MaximumSignalBytes, 1, MaximumMomentBytes),
        (nameof(options.SignalsPerSecond), options.SignalsPerSecond, 0, int.MaxValue),
        (nameof(options.SignalBurst), options.SignalBurst, 1, int.MaxValue),
    ];
}
