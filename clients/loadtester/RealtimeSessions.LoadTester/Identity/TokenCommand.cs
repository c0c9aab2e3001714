using System.ComponentModel;
using System.Diagnostics;

namespace RealtimeSessions.LoadTester.Identity;

/// <summary>
/// Gets tokens from a program's output. It is run without a shell: the command is taken apart into words first, and <c>{user}</c> in a word becomes the user's name, whatever
/// characters that has. The name is also in the variable <c>REALTIME_USER</c>.
/// </summary>
/// <param name="words">The program and its arguments.</param>
internal sealed class TokenCommand(IReadOnlyList<string> words)
{
    /// <summary>What stands for the user's name in an argument.</summary>
    public const string UserPlace = "{user}";

    /// <summary>The variable with the user's name.</summary>
    public const string UserVariable = "REALTIME_USER";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs the command.</summary>
    /// <exception cref="LoadException">It gives no token.</exception>
    public async Task<string> FetchAsync(string user, CancellationToken cancellationToken)
    {
        using var process = Start(user);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            var token = (await output).Trim();
            return process.ExitCode == 0 && token.Length > 0 && !token.AsSpan().ContainsAnyExceptInRange('!', '~')
                ? token
                : throw new LoadException($"The token command gave no token for {user} (exit code {process.ExitCode}). {(await error).Trim()}".TrimEnd());
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new LoadException($"The token command gave no token for {user} within {Patience.TotalSeconds} s.", exception);
        }
    }

    private Process Start(string user)
    {
        var start = new ProcessStartInfo(words[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in words.Skip(1))
        {
            start.ArgumentList.Add(word.Replace(UserPlace, user, StringComparison.Ordinal));
        }

        start.Environment[UserVariable] = user;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new LoadException($"The token command '{words[0]}' cannot be run: {exception.Message}.", exception);
        }
    }
}
