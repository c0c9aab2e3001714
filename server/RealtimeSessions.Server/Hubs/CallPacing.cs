using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Hubs;

/// <summary>Calls beyond <see cref="LimitsOptions.CallsPerSecond"/> are read more slowly: they wait here, and while as many wait as may run at once, nothing more is read.</summary>
internal sealed class CallPacing(IOptions<LimitsOptions> limits, TimeProvider time) : IHubFilter
{
    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        if (limits.Value.CallsPerSecond > 0)
        {
            var pacer = new CallPacer(limits.Value, time);
            context.Context.Features.Set(pacer);
            context.Context.ConnectionAborted.Register(pacer.End);
        }

        await next(context);
    }

    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext context, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (context.Context.Features.Get<CallPacer>() is not { } pacer)
        {
            return next(context);
        }

        var turn = pacer.NextAsync();
        return turn is { IsCompletedSuccessfully: true, Result: CallTurn.Go } ? next(context) : WaitAsync(turn, context, next);
    }

    private static async ValueTask<object?> WaitAsync(
        ValueTask<CallTurn> turn, HubInvocationContext context, Func<HubInvocationContext, ValueTask<object?>> next) => await turn switch
        {
            CallTurn.Go => await next(context),
            CallTurn.Refused => throw new HubException(Refusal.ToString()),
            _ => throw new HubException("The connection has ended."),
        };

    private static Error Refusal => new(ErrorCode.RateLimited, "The connection has called too often for too long.")
    {
        Details = new JsonObject { ["retryAfter"] = (int)CallPacer.Slack.TotalSeconds },
    };
}
