using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Metrics;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Hubs;

/// <summary>
/// How a call of the hub is made: it waits for its turn, its argument is checked, and what comes of it is an answer or an error in the form that
/// errors have on the hub. What is not an expected outcome becomes a code here, and nothing else of it reaches a client. The framework's own
/// categories log a client's broken frame as an error of the server, so they are silenced (<see cref="HubSetup"/>) and what counts is logged
/// here. These are no hub filters, since the first filter costs every call as much as all of this does.
/// </summary>
internal sealed partial class HubCalls(RequestReader requests, ServerMetrics metrics, ILogger<HubCalls> logger)
{
    /// <summary>Makes a call.</summary>
    /// <param name="context">The connection.</param>
    /// <param name="method">The hub's method.</param>
    /// <param name="argument">Its argument.</param>
    /// <param name="call">What is to be done with it.</param>
    /// <exception cref="HubException">The error.</exception>
    public async Task<TAnswer> AnswerAsync<TRequest, TAnswer>(
        HubCallerContext context, string method, Argument<TRequest> argument, Func<TRequest, Task<Result<TAnswer>>> call)
        where TRequest : notnull
        where TAnswer : notnull
    {
        metrics.Called(ServerMetrics.Hub, method);
        if (context.Features.Get<CallPacer>() is { } pacer && await pacer.NextAsync() is not CallTurn.Go and var turn)
        {
            throw turn == CallTurn.Refused ? Refuse(TooOften) : new HubException("The connection has ended.");
        }

        try
        {
            return requests.Check(argument.Request).TryGet(out var request, out var error) && (await call(request)).TryGet(out var answer, out error)
                ? answer
                : throw Refuse(error);
        }
        catch (Exception exception) when (exception is not HubException)
        {
            throw Failure(method, exception);
        }
    }

    /// <summary>A connection has ended.</summary>
    public void OnDisconnected(HubCallerContext context, Exception? exception)
    {
        if (exception is InvalidDataException)
        {
            LogBroken(context.ConnectionId, exception.Message);
        }
    }

    private static Error TooOften => new(ErrorCode.RateLimited, "The connection has called too often for too long.")
    {
        Details = new JsonObject { ["retryAfter"] = (int)CallPacer.Slack.TotalSeconds },
    };

    private HubException Failure(string method, Exception exception)
    {
        if (exception is EngineUnavailableException)
        {
            LogUnavailable(method, exception);
            return Refuse(new Error(ErrorCode.Unavailable, "The storage cannot be reached."));
        }

        LogFailed(method, exception);
        return Refuse(new Error(ErrorCode.Internal, "The server failed; it has logged why."));
    }

    private HubException Refuse(Error error)
    {
        metrics.Refused(ServerMetrics.Hub, error.Code);
        return new HubException(error.ToString());
    }

    [LoggerMessage(3300, LogLevel.Warning, "{Method} failed: the storage cannot be reached.")]
    private partial void LogUnavailable(string method, Exception exception);

    [LoggerMessage(3301, LogLevel.Error, "{Method} failed.")]
    private partial void LogFailed(string method, Exception exception);

    [LoggerMessage(3302, LogLevel.Information, "Connection {Connection} was closed: what it sent cannot be read. {Reason}")]
    private partial void LogBroken(string connection, string reason);
}
