using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace RealtimeSessions.EndToEnd.Tests.JavaScript;

/// <summary>Runs JavaScript beside the installed official client.</summary>
internal static class Node
{
    /// <summary>The folder of this file, with the package and the scripts.</summary>
    public static string Folder { get; } = Path.GetDirectoryName(SourcePath())!;

    /// <summary>The folder of the installed modules.</summary>
    public static string Modules => Path.Combine(Folder, "node_modules");

    /// <summary>A file of an installed module.</summary>
    public static string Module(string path)
    {
        var file = Path.Combine(Modules, path);
        Assert.True(File.Exists(file), $"{path} is missing; install it with: npm ci --prefix {Folder}");
        return file;
    }

    /// <summary>The folder of a package of this repository.</summary>
    /// <param name="path">Where it is in <c>clients</c>.</param>
    /// <param name="built">A file that is there once it is built.</param>
    public static string Package(string path, string built)
    {
        var folder = Path.GetFullPath(Path.Combine(Folder, "../../../clients", path));
        Assert.True(File.Exists(Path.Combine(folder, built)), $"{path} is not built; build it with: npm ci --prefix {folder} && npm run build --prefix {folder}");
        return folder;
    }

    /// <summary>Runs a script to its end.</summary>
    /// <returns>What it wrote, where it ended well; the test fails where it did not.</returns>
    public static async Task<string> RunAsync(string script, string folder, TimeSpan patience, params string[] arguments)
    {
        Module("@microsoft/signalr/package.json");
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.ArgumentList.Add(script);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.True(process.ExitCode == 0, $"node {script} ended with {process.ExitCode}:{Environment.NewLine}{await output}{await errors}");
        return await output;
    }

    private static string SourcePath([CallerFilePath] string path = "") => path;
}
