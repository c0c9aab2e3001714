using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Sessions;

/// <summary>A session as the catalog holds it.</summary>
/// <param name="Session">The session.</param>
/// <param name="Sequence">Up to where in the log it is true.</param>
internal sealed record SessionSummary(Session Session, long Sequence)
{
    /// <summary>When something was last seen to happen in it; null: nothing is known of later than what the session tells.</summary>
    public DateTimeOffset? ActiveAt { get; init; }

    /// <summary>Since when nothing is known to have happened in it.</summary>
    [JsonIgnore]
    public DateTimeOffset AtRestSince => ActiveAt ?? Session.ModifiedAt;
}

/// <summary>The catalog's entries of sessions. The log is the truth; an entry follows it and never goes back.</summary>
internal sealed class SessionSummaries(ICatalog catalog)
{
    private const string CreatedOrder = "createdAt";
    private const string RestOrder = "rest";
    private const int MaximumAtOnce = 1_000;
    private const int MaximumTerm = 2_000;

    /// <summary>Writes what a session is, unless something newer is written already.</summary>
    /// <returns>True if there was no entry.</returns>
    public async Task<bool> WriteAsync(SessionSummary summary)
    {
        var scope = Scope(summary.Session.ApplicationId);
        var document = Document(summary);
        while (true)
        {
            var present = await catalog.GetAsync(scope, document.Id);
            if (present is not null && Read(present).Sequence >= summary.Sequence)
            {
                return false;
            }

            if (await catalog.PutAsync(scope, document, present?.Version ?? 0) is not null)
            {
                return present is null;
            }
        }
    }

    /// <summary>Whether a session has an entry.</summary>
    public async Task<bool> IsThereAsync(SessionKey key) => await catalog.GetAsync(Scope(key.ApplicationId), key.SessionId) is not null;

    /// <summary>Removes a session's entry.</summary>
    public Task RemoveAsync(SessionKey key) => catalog.DeleteAsync(Scope(key.ApplicationId), key.SessionId);

    /// <summary>Remembers of an open session that something has happened in it that its entry does not tell.</summary>
    public async Task RememberActivityAsync(SessionKey key, DateTimeOffset at)
    {
        if (await catalog.GetAsync(Scope(key.ApplicationId), key.SessionId) is { } present)
        {
            // If it is written meanwhile, that is a sign of life too.
            await catalog.PutAsync(Scope(key.ApplicationId), Document(Read(present) with { ActiveAt = at }), present.Version);
        }
    }

    /// <summary>Finds sessions of a status in which nothing is known to have happened since a time, a thousand at most, those at rest for longest first.</summary>
    public async Task<IReadOnlyList<SessionSummary>> FindAtRestAsync(string applicationId, SessionStatus status, DateTimeOffset since)
    {
        var query = new CatalogQuery(Scope(applicationId), RestOrder) { AllOf = [StatusTerm(status)], Limit = MaximumAtOnce };
        return [.. (await catalog.QueryAsync(query)).Entries.Select(Read).TakeWhile(summary => summary.AtRestSince <= since)];
    }

    /// <summary>Finds some sessions of an application, whatever they are.</summary>
    public async Task<IReadOnlyList<SessionSummary>> FindAnyAsync(string applicationId) =>
        [.. (await catalog.QueryAsync(new CatalogQuery(Scope(applicationId), CreatedOrder))).Entries.Select(Read)];

    /// <summary>Finds sessions, newest first.</summary>
    /// <param name="request">What to look for.</param>
    /// <param name="participant">Only sessions that this caller takes part in; null: all.</param>
    /// <param name="after">Where to continue.</param>
    /// <param name="limit">At most this many.</param>
    public Task<CatalogPage> FindAsync(ListSessionsRequest request, Caller? participant, CatalogCursor? after, int limit) =>
        catalog.QueryAsync(new CatalogQuery(Scope(request.ApplicationId), CreatedOrder)
        {
            AllOf = [StatusTerm(request.Status), .. (request.Properties ?? new Dictionary<string, string>()).Select(PropertyTerm)],
            AnyOf = participant is null ? [] : [ParticipantTerm(new(participant.UserId)), .. participant.Groups.Select(GroupTerm)],
            After = after,
            Limit = limit,
        });

    /// <summary>The session of an entry.</summary>
    public static SessionSummary Read(CatalogEntry entry) =>
        JsonSerializer.Deserialize(entry.Body.Span, SummaryJsonContext.Default.SessionSummary)!;

    private static CatalogDocument Document(SessionSummary summary) =>
        new(summary.Session.SessionId, JsonSerializer.SerializeToUtf8Bytes(summary, SummaryJsonContext.Default.SessionSummary))
        {
            Terms = [.. TermsOf(summary.Session)],
            Orders = new Dictionary<string, long>
            {
                [CreatedOrder] = summary.Session.CreatedAt.ToUnixTimeMilliseconds(),

                // A query begins with the highest value, here with those at rest for longest.
                [RestOrder] = -summary.AtRestSince.ToUnixTimeMilliseconds(),
            },
        };

    private static IEnumerable<string> TermsOf(Session session) =>
    [
        StatusTerm(session.Status),
        .. session.Participants.Select(ParticipantTerm).Distinct(),
        .. session.Properties.Select(PropertyTerm),
    ];

    private static string Scope(string applicationId) => $"sessions/{applicationId}";

    /// <summary>A term that the catalog takes, whatever lengths the limits allow.</summary>
    private static string Fitting(string term) => term.Length <= MaximumTerm
        ? term
        : $"long:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(term)))}";

    private static string StatusTerm(SessionStatus status) => status == SessionStatus.Open ? "status:open" : "status:closed";

    private static string ParticipantTerm(Participant participant) =>
        participant.Type == ParticipantType.Group ? GroupTerm(participant.Id) : Fitting($"user:{participant.Id}");

    private static string GroupTerm(string group) => Fitting($"group:{group}");

    private static string PropertyTerm(KeyValuePair<string, string> property) =>
        Fitting(string.Create(CultureInfo.InvariantCulture, $"property:{property.Key.Length}:{property.Key}={property.Value}"));
}

/// <summary>The form of a session's catalog entry.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(SessionSummary))]
internal sealed partial class SummaryJsonContext : JsonSerializerContext;
