using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client.Connecting;

/// <summary>One connection with the hub, from its start to its end.</summary>
internal interface IHubLink : IAsyncDisposable
{
    /// <summary>Completes when the connection has ended, with the reason if there is one; whom it has called by then has returned.</summary>
    Task<Exception?> Ended { get; }

    /// <summary>Calls a method. Calls go out in the order in which this is called.</summary>
    /// <exception cref="RealtimeException">The server's error, or <see cref="ClientErrors.ConnectionFailed"/> if the connection ended before the answer.</exception>
    Task<TAnswer> InvokeAsync<TAnswer>(string method, object request, CancellationToken cancellationToken);
}

/// <summary>A connection of the SignalR client.</summary>
internal sealed class HubLink : IHubLink
{
    private readonly HubConnection _connection;
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubLink(HubConnection connection)
    {
        _connection = connection;
        connection.Closed += exception =>
        {
            _ended.TrySetResult(exception);
            return Task.CompletedTask;
        };
    }

    public Task<Exception?> Ended => _ended.Task;

    /// <summary>Connects.</summary>
    /// <param name="options">The client's options.</param>
    /// <param name="loggers">Where SignalR logs.</param>
    /// <param name="listener">Who is told of the server's calls, one after the other.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IHubLink> OpenAsync(
        RealtimeClientOptions options, ILoggerFactory loggers, IHubListener listener, CancellationToken cancellationToken)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new SocketConnectionFactory(options));
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(SocketConnectionFactory.HubAddress(options.Url!)));
        builder.Services.Replace(ServiceDescriptor.Singleton(HubProtocols.Of(options.Protocol)));
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new QuietLoggerFactory(loggers)));
        var link = new HubLink(builder.Build());
        link.Listen(listener);
        try
        {
            await link._connection.StartAsync(cancellationToken);
            return link;
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    public async Task<TAnswer> InvokeAsync<TAnswer>(string method, object request, CancellationToken cancellationToken)
    {
        try
        {
            return await _connection.InvokeAsync<TAnswer>(method, request, cancellationToken);
        }
        catch (HubException exception)
        {
            throw new RealtimeException(Error.Find(exception.Message) ?? new Error(ClientErrors.Unexpected, exception.Message), exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new RealtimeException(new Error(ClientErrors.ConnectionFailed, "The connection ended before the answer came."), exception);
        }
    }

    public ValueTask DisposeAsync()
    {
        _ended.TrySetResult(null);
        return _connection.DisposeAsync();
    }

    private void Listen(IHubListener listener)
    {
        On<SessionDataUpdated>(listener.OnEvent);
        On<SessionEventCreated>(listener.OnEvent);
        OnTold<SessionCreated>(listener);
        OnTold<SessionUpdated>(listener);
        OnTold<SessionPropertiesUpdated>(listener);
        OnTold<SessionParticipantAdded>(listener);
        OnTold<SessionParticipantRemoved>(listener);
        OnTold<SessionClosed>(listener);
        OnTold<SessionDeleted>(listener);
        On<SessionReset>(listener.OnReset);
        On<SessionLeft>(listener.OnLeft);
        On<SessionPresence>(listener.OnPresence);
        On<SessionPresenceUpdated>(listener.OnPresenceUpdated);
        On<SessionSignal>(listener.OnSignal);
        On<FeedReset>(listener.OnReset);
        On<FeedPosition>(listener.OnPosition);
        On<FeedLeft>(listener.OnLeft);
        On<ConversationCreated>(listener.OnEvent);
        On<ConversationUpdated>(listener.OnEvent);
        On<CommentCreated>(listener.OnEvent);
        On<ConversationDeleted>(listener.OnEvent);
        On<ConversationReset>(listener.OnReset);
        On<ConversationLeft>(listener.OnLeft);
        On<SpaceFeedReset>(listener.OnReset);
        On<SpaceFeedPosition>(listener.OnPosition);
        On<SpaceFeedLeft>(listener.OnLeft);
    }

    /// <summary>What has a position in the feed is told to a watcher, besides what a member is told.</summary>
    private void OnTold<TEvent>(IHubListener listener)
        where TEvent : SessionEvent => On<Told<TEvent>>(
        typeof(TEvent).Name,
        told =>
        {
            if (told.Feed is { } position)
            {
                listener.OnEvent(new ApplicationEvent(told.Event, told.Session, position));
            }
            else
            {
                listener.OnEvent(told.Event);
            }
        });

    /// <summary>Each callback has the name of what it carries.</summary>
    private void On<T>(Action<T> handler) => On(typeof(T).Name, handler);

    private void On<T>(string name, Action<T> handler) => _connection.On(
        name,
        [typeof(T)],
        static (arguments, state) =>
        {
            ((Action<T>)state)((T)arguments[0]!);
            return Task.CompletedTask;
        },
        handler);
}
