using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Conversations.Spaces;

/// <summary>How a space's state follows from its events.</summary>
internal sealed class SpaceFold : IFold<SpaceState>
{
    private static readonly byte[] TypeOfTold = "{\"type\":\"told\""u8.ToArray();

    public static SpaceFold Instance { get; } = new();

    /// <summary>The event that a space's log holds.</summary>
    public static SpaceEvent Read(LogEvent next) => JsonSerializer.Deserialize(next.Payload.Span, SpaceJsonContext.Default.SpaceEvent)!;

    public static byte[] Store(SpaceEvent next) => JsonSerializer.SerializeToUtf8Bytes(next, SpaceJsonContext.Default.SpaceEvent);

    /// <summary>Whether an event tells of a conversation that is there, as nearly all do: they change nothing here.</summary>
    public static bool IsTold(LogEvent next) => next.Payload.Span.StartsWith(TypeOfTold);

    public SpaceState Apply(SpaceState? state, LogEvent next)
    {
        var present = state ?? new SpaceState();
        if (IsTold(next) && present.Foundings.IsEmpty)
        {
            return present;
        }

        var change = Read(next);
        if (change is ConversationTold told)
        {
            // What has been told of is done.
            return told.Sequence == 1 ? present with { Foundings = present.Foundings.Remove(told.ConversationId) } : present;
        }

        var after = Changed(present, change, next.EventId, next.CreatedAt);
        var concerned = change.ConcernedIds().Where(after.Members.ContainsKey).Select(id => KeyValuePair.Create(id, next.Sequence));
        return after with
        {
            ConcernedAt = after.ConcernedAt.SetItems(concerned),
            FollowedSequence = next.Sequence,
            RightsSequence = change.ChangesRights ? next.Sequence : present.RightsSequence,
        };
    }

    public bool EndsBatch(SpaceState? before, SpaceState after) => before?.RightsSequence != after.RightsSequence;

    public ReadOnlyMemory<byte> Serialize(SpaceState state) => JsonSerializer.SerializeToUtf8Bytes(
        new StoredSpace(
            state.Info,
            [.. state.Members.Select(member => new SpaceParticipant(member.Key, member.Value))],
            [.. state.Groups.Values.Select(group => group.Info)],
            [.. state.Foundings.Values],
            state.RightsSequence,
            state.FollowedSequence,
            state.IsDeleted)
        {
            ConcernedAt = state.ConcernedAt,
        },
        SpaceJsonContext.Default.StoredSpace);

    public SpaceState Deserialize(ReadOnlyMemory<byte> bytes)
    {
        var stored = JsonSerializer.Deserialize(bytes.Span, SpaceJsonContext.Default.StoredSpace)!;
        return new SpaceState
        {
            Info = stored.Info,
            Members = stored.Members.ToImmutableSortedDictionary(member => member.UserId, member => member.Role),
            Groups = stored.Groups.ToImmutableSortedDictionary(group => group.GroupId, SpaceGroup.Of),
            Foundings = stored.Foundings.ToImmutableSortedDictionary(founding => founding.Founded.ConversationId, founding => founding),
            RightsSequence = stored.RightsSequence,
            FollowedSequence = stored.FollowedSequence,
            IsDeleted = stored.IsDeleted,
            ConcernedAt = stored.ConcernedAt,
        };
    }

    private static SpaceState Changed(SpaceState state, SpaceEvent change, Guid id, DateTimeOffset at) => change switch
    {
        SpaceOpened => state,
        ConversationFounded founded => state with { Foundings = state.Foundings.SetItem(founded.ConversationId, new Founding(founded, id, at)) },
        SpaceCreated created => state with { Info = created.Space, Members = With(state.Members, created.Participants) },
        SpaceUpdated updated => state with
        {
            Info = state.Info! with { Name = updated.Name ?? state.Info.Name, Details = updated.Details ?? state.Info.Details, UpdatedAt = at },
        },
        SpaceDeleted => state with
        {
            IsDeleted = true,
            Info = state.Info! with { UpdatedAt = at },
            Members = state.Members.Clear(),
            ConcernedAt = state.ConcernedAt.Clear(),
            Groups = state.Groups.Clear(),
            Foundings = state.Foundings.Clear(),
        },
        ParticipantsAdded added => state with { Members = With(state.Members, added.Participants) },
        ParticipantRemoved removed => state with
        {
            Members = state.Members.Remove(removed.UserId),
            ConcernedAt = state.ConcernedAt.Remove(removed.UserId),
            Groups = state.Groups.SetItems(
                from entry in state.Groups
                where entry.Value.Members.Contains(removed.UserId)
                let left = entry.Value.Info with { UserIds = [.. entry.Value.Info.UserIds.Where(id => id != removed.UserId)], UpdatedAt = at }
                select KeyValuePair.Create(entry.Key, SpaceGroup.Of(left))),
        },
        GroupCreated created => state with { Groups = state.Groups.SetItem(created.Group.GroupId, SpaceGroup.Of(created.Group)) },
        GroupUpdated updated when state.Groups.GetValueOrDefault(updated.GroupId) is { Info: var group } => state with
        {
            Groups = state.Groups.SetItem(
                updated.GroupId,
                SpaceGroup.Of(group with { Name = updated.Name ?? group.Name, UserIds = updated.UserIds ?? group.UserIds, UpdatedAt = at })),
        },
        GroupDeleted deleted => state with { Groups = state.Groups.Remove(deleted.GroupId) },
        _ => throw new InvalidOperationException($"A space's log holds an event of the type {change.GetType().Name}."),
    };

    private static ImmutableSortedDictionary<long, SpaceRole> With(
        ImmutableSortedDictionary<long, SpaceRole> members, IEnumerable<SpaceParticipant> participants) =>
        members.SetItems(participants.Select(participant => KeyValuePair.Create(participant.UserId, participant.Role)));
}

/// <summary>A space's snapshot.</summary>
internal sealed record StoredSpace(
    Space? Info, IReadOnlyList<SpaceParticipant> Members, IReadOnlyList<Group> Groups, IReadOnlyList<Founding> Foundings, long RightsSequence,
    long FollowedSequence, bool IsDeleted)
{
    public ImmutableSortedDictionary<long, long> ConcernedAt { get; init; } = ImmutableSortedDictionary<long, long>.Empty;
}

/// <summary>The form of a space's events and snapshots, and of its entries in the catalog.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(SpaceEvent))]
[JsonSerializable(typeof(StoredSpace))]
[JsonSerializable(typeof(SpaceView))]
[JsonSerializable(typeof(Group))]
internal sealed partial class SpaceJsonContext : JsonSerializerContext;
