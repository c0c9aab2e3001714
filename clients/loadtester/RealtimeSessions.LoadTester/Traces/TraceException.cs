namespace RealtimeSessions.LoadTester.Traces;

/// <summary>A file is no trace, or not a whole one.</summary>
/// <param name="file">The file.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="problem">What is wrong there.</param>
internal sealed class TraceException(string file, long line, string problem) : Exception($"{file}, line {line}: {problem}");
