namespace RealtimeSessions.Server.Tests.Support;

/// <summary>Texts that must not change unnoticed. <c>UPDATE_GOLDEN=1</c> writes them anew; look at the difference before it is committed.</summary>
internal static class Golden
{
    public static void AssertEqual(string file, string actual)
    {
        var path = Path.Combine(Repository.Root, "tests", "RealtimeSessions.Server.Tests", "Golden", file);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual + "\n");
        }

        Assert.True(File.Exists(path), $"{file} is missing: run with UPDATE_GOLDEN=1.");
        Assert.Equal(File.ReadAllText(path).TrimEnd('\n'), actual);
    }
}
