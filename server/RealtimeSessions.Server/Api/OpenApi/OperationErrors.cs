using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Api.Binding;

namespace RealtimeSessions.Server.Api.OpenApi;

/// <summary>The codes an operation can answer: those that follow from where it is and what it takes, and its own.</summary>
internal static class OperationErrors
{
    public static IEnumerable<ErrorCode> Of(ApiOperation operation) =>
        Implied(operation).Concat(operation.Errors).Distinct().OrderBy(code => code.Number);

    private static IEnumerable<ErrorCode> Implied(ApiOperation operation)
    {
        var route = operation.Map.In(MemberPlace.Route).Select(member => member.Name).ToHashSet();
        var isChange = operation.RequestType.Type.IsAssignableTo(typeof(ChangeSessionRequest));
        IEnumerable<(bool Applies, ErrorCode[] Codes)> rules =
        [
            (true, [ErrorCode.InvalidArgument, ErrorCode.Internal]),
            (!operation.IsAnonymous, [ErrorCode.Unauthenticated, ErrorCode.Unavailable]),
            (operation.Map.Form != BodyForm.None, [ErrorCode.PayloadTooLarge, ErrorCode.UnsupportedMediaType]),
            (route.Contains("applicationId"), [ErrorCode.ApplicationNotFound]),
            (route.Contains("sessionId"), [ErrorCode.SessionNotFound]),
            (route.Contains("name"), [ErrorCode.RoleNotFound]),
            (isChange, [ErrorCode.Forbidden, ErrorCode.Conflict, ErrorCode.WriterGap]),

            // What takes away, a closed session allows.
            (isChange && !HttpMethods.IsDelete(operation.Method), [ErrorCode.SessionClosed]),
        ];
        return rules.Where(rule => rule.Applies).SelectMany(rule => rule.Codes);
    }
}
