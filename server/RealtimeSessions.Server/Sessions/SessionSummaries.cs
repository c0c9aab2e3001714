using System.Globalization;
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
internal sealed record SessionSummary(Session Session, long Sequence);

/// <summary>The catalog's entries of sessions. The log is the truth; an entry follows it and never goes back.</summary>
internal sealed class SessionSummaries(ICatalog catalog)
{
    private const string CreatedOrder = "createdAt";

    /// <summary>Writes what a session is, unless something newer is written already.</summary>
    /// <returns>True if there was no entry.</returns>
    public async Task<bool> WriteAsync(SessionSummary summary)
    {
        var scope = Scope(summary.Session.ApplicationId);
        var document = new CatalogDocument(
            summary.Session.SessionId, JsonSerializer.SerializeToUtf8Bytes(summary, SummaryJsonContext.Default.SessionSummary))
        {
            Terms = [.. TermsOf(summary.Session)],
            Orders = new Dictionary<string, long> { [CreatedOrder] = summary.Session.CreatedAt.ToUnixTimeMilliseconds() },
        };
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

    /// <summary>Removes a session's entry.</summary>
    public Task RemoveAsync(SessionKey key) => catalog.DeleteAsync(Scope(key.ApplicationId), key.SessionId);

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

    private static IEnumerable<string> TermsOf(Session session) =>
    [
        StatusTerm(session.Status),
        .. session.Participants.Select(ParticipantTerm).Distinct(),
        .. session.Properties.Select(PropertyTerm),
    ];

    private static string Scope(string applicationId) => $"sessions/{applicationId}";

    private static string StatusTerm(SessionStatus status) => status == SessionStatus.Open ? "status:open" : "status:closed";

    private static string ParticipantTerm(Participant participant) =>
        participant.Type == ParticipantType.Group ? GroupTerm(participant.Id) : $"user:{participant.Id}";

    private static string GroupTerm(string group) => $"group:{group}";

    private static string PropertyTerm(KeyValuePair<string, string> property) =>
        string.Create(CultureInfo.InvariantCulture, $"property:{property.Key.Length}:{property.Key}={property.Value}");
}

/// <summary>The form of a session's catalog entry.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(SessionSummary))]
internal sealed partial class SummaryJsonContext : JsonSerializerContext;
