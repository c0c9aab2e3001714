using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RealtimeSessions.Client;
using RealtimeSessions.LoadTester.Identity;
using RealtimeSessions.LoadTester.Load;

namespace RealtimeSessions.LoadTester.Commands;

/// <summary>The options that say against which server, as whom, and how.</summary>
internal sealed class TargetOptions
{
    private readonly Option<Uri> _url = new("--url")
    {
        Description = "The server's address",
        DefaultValueFactory = _ => new Uri("http://localhost:5080"),
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : Refuse<Uri>(result, "must be an address of http or https"),
    };

    private readonly Option<string> _application = new("--application", "-a") { Description = "The application whose sessions are used", DefaultValueFactory = _ => "demo" };

    private readonly Option<string?> _token = new("--token") { Description = "A bearer token: one user makes all connections" };

    private readonly Option<string?> _tokenCommand = new("--token-command")
    {
        Description = "A command that prints a token whose subject is the user; {user} in it, and the variable REALTIME_USER, are the user's name. Run without a shell",
    };

    private readonly Option<string?> _users = new("--users", "-u")
    {
        Description = "How many users the connections are spread over (load-1, load-2, …; default 10), or their names with commas between. The first one makes the sessions; at a server in Development it is alice where a number is given",
    };

    private readonly Option<RealtimeProtocol> _protocol = new("--protocol")
    {
        Description = "The hub protocol: json or messagepack",
        DefaultValueFactory = _ => RealtimeProtocol.Json,
    };

    private readonly Option<ClientKind> _client = new("--client")
    {
        Description = "What connections are made of: lean (for many) or library (the .NET client, each with its replica)",
        DefaultValueFactory = _ => ClientKind.Lean,
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="withLoad">Whether it makes a load; else the options that only matter there are left out.</param>
    public void AddTo(Command command, bool withLoad)
    {
        command.Add(_url);
        command.Add(_application);
        command.Add(_token);
        command.Add(_tokenCommand);
        command.Add(_users);
        command.Validators.Add(CheckTogether);
        _application.Validators.Add(result => CheckSlug(result, "must be an application's id: [a-z0-9-]{1,64}"));
        if (withLoad)
        {
            command.Add(_protocol);
        }
    }

    /// <summary>Adds the choice of what connections are made of.</summary>
    public void AddClientTo(Command command) => command.Add(_client);

    /// <summary>The target that a command line names.</summary>
    public LoadTarget Bind(ParseResult line, TimeProvider time)
    {
        var (url, token, command) = (line.GetValue(_url)!, line.GetValue(_token), line.GetValue(_tokenCommand));
        ITokenSource tokens = (token, command) switch
        {
            ({ } given, _) => new FixedToken(given),
            (_, { } given) => new KeptTokens(new TokenCommand([.. CommandLineParser.SplitCommandLine(given)]).FetchAsync, time),
            _ => new KeptTokens(new DevelopmentSignIn(url).FetchAsync, time),
        };
        return new LoadTarget
        {
            Url = url,
            Application = line.GetValue(_application)!,
            Users = token is not null ? ["token"] : Users(line.GetValue(_users) ?? "10", isDevelopment: command is null),
            Tokens = tokens,
            Protocol = line.GetResult(_protocol) is null ? RealtimeProtocol.Json : line.GetValue(_protocol),
            Client = line.GetResult(_client) is null ? ClientKind.Lean : line.GetValue(_client),
        };
    }

    /// <summary>The settings that a report names. Secrets are not among them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Describe(LoadTarget target) =>
    [
        new("application", target.Application),
        new("protocol", target.Protocol == RealtimeProtocol.Json ? "json" : "messagepack"),
        new("client", target.Client == ClientKind.Lean ? "lean" : "library"),
        new("users", string.Create(CultureInfo.InvariantCulture, $"{target.Users.Count}")),
    ];

    /// <summary>Says what is wrong with a value.</summary>
    public static T? Refuse<T>(ArgumentResult result, string text)
    {
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} {text}, and is '{result.Tokens[0].Value}'.");
        return default;
    }

    private static string[] Users(string text, bool isDevelopment) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        ? [.. Enumerable.Range(1, count).Select(i => i == 1 && isDevelopment ? DevelopmentSignIn.Administrator : $"load-{i}")]
        : text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private void CheckTogether(CommandResult result)
    {
        if (result.GetValue(_token) is not null && (result.GetValue(_tokenCommand) is not null || result.GetValue(_users) is not null))
        {
            result.AddError("--token is one user's, so it goes with neither --token-command nor --users.");
        }

        if (result.GetValue(_tokenCommand) is { } command && !CommandLineParser.SplitCommandLine(command).Any())
        {
            result.AddError("--token-command is empty.");
        }

        // A session has room for 1,000 participants where nothing else is set.
        if (result.GetValue(_users) is { } users && Users(users, isDevelopment: false).Length is 0 or > 1000)
        {
            result.AddError("--users must be a number from 1 to 1000, or names with commas between.");
        }
    }

    private static void CheckSlug(OptionResult result, string text)
    {
        if (result.Tokens is [{ Value: var value }] && (value.Length > 64 || value.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-")))
        {
            result.AddError($"{result.Option.Name} {text}, and is '{value}'.");
        }
    }
}
