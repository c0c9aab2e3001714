using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Server.Requests;

/// <summary>What requests about sessions must hold.</summary>
internal sealed class SessionRules(ValueRules values)
{
    private const int MaximumEventNames = 100;

    public Error? Check(CreateSessionRequest request) =>
        values.Name("$.name", request.Name)
        ?? values.Description("$.description", request.Description)
        ?? ValueRules.Id("$.sessionId", request.SessionId)
        ?? values.Properties("$.properties", request.Properties)
        ?? values.Participants("$.participants", request.Participants)
        ?? values.FirstData("$.data", request.Data)
        ?? Writer(request);

    public Error? Check(SessionRequest request) => request switch
    {
        ChangeSessionRequest change => Writer(change) ?? ValueRules.Sequence("$.ifSequence", change.IfSequence) ?? CheckChange(change),
        GetSessionDataRequest get => ValueRules.Sequence("$.atSequence", get.AtSequence, first: 1),
        JoinSessionRequest join => ValueRules.Since(join.Since) ?? values.Presence("$.presence", join.Presence),
        UpdatePresenceRequest update => values.PresencePatch("$.state", update.State),
        SendSignalRequest signal => values.Name("$.name", signal.Name) ?? values.Name("$.to", signal.To) ?? values.SignalData("$.data", signal.Data),
        ListSessionEventsRequest list => ValueRules.Page("$.limit", list.Limit)
            ?? ValueRules.Sequence("$.after", list.After)
            ?? ValueRules.Texts("$.names", list.Names, MaximumEventNames),
        _ => null,
    };

    public Error? Check(ListSessionsRequest request) =>
        ValueRules.Page("$.limit", request.Limit) ?? values.Properties("$.properties", request.Properties);

    private Error? CheckChange(ChangeSessionRequest request) => request switch
    {
        PatchSessionRequest { Patch: var patch } => Check(patch),
        UpdateSessionNameRequest update => values.Name("$.name", update.Name),
        UpdateSessionDescriptionRequest update => values.Description("$.description", update.Description),
        UpdateSessionPropertiesRequest update => values.Properties("$.properties", update.Properties),
        SessionParticipantRequest change => values.Participant("$.participant", change.Participant),
        PatchSessionDataRequest patch => values.Patch("$.data", patch.Data),
        CreateSessionEventRequest custom => values.Name("$.name", custom.Name) ?? values.Data("$.data", custom.Data),
        _ => null,
    };

    private Error? Check(SessionPatch patch) =>
        values.Name("$.patch.name", patch.Name)
        ?? values.Description("$.patch.description", patch.Description)
        ?? values.Properties("$.patch.properties", patch.Properties)
        ?? (patch.Status is SessionStatus.Open ? Error.InvalidArgument("$.patch.status", "can only be closed.") : null);

    /// <summary>The writer's id and number: both or none.</summary>
    public static Error? Writer(IChangeRequest request) => (request.WriterId, request.WriterSequence) switch
    {
        (null, null) => null,
        (null, _) => Error.InvalidArgument("$.writerId", "must go with writerSequence."),
        (_, null) => Error.InvalidArgument("$.writerSequence", "must go with writerId."),
        var (id, number) => ValueRules.Sequence("$.writerSequence", number, first: 1) ?? ValueRules.Id("$.writerId", id),
    };
}
