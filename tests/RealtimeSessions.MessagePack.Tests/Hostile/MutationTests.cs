using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.MessagePack.Tests.Support;
using Xunit.Abstractions;

namespace RealtimeSessions.MessagePack.Tests.Hostile;

/// <summary>
/// Whatever is sent is a message, or not there in full yet, or an <see cref="InvalidDataException"/>; it takes neither much time nor much memory.
/// <see cref="MutationScale"/> says how to read more, or one alone.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    /// <summary>An exception, and what belongs to it, takes some of it.</summary>
    private const long MaximumAllocation = 512 * 1024;

    private static readonly TimeSpan MaximumTime = TimeSpan.FromSeconds(5);

    [Fact]
    public void TryParse_AnyMutant_IsReadOrRefused()
    {
        var (messages, incomplete, refused, failed) = (0, 0, 0, 0);
        var watch = Stopwatch.StartNew();
        var (slowest, largest) = (TimeSpan.Zero, 0L);
        for (var seed = MutationScale.FirstSeed; seed < MutationScale.FirstSeed + MutationScale.Mutants; seed++)
        {
            var random = new Random(seed);
            var bytes = Mutants.Make(random);
            var input = random.Next(2) == 0 ? new ReadOnlySequence<byte>(bytes) : Wire.Segments(bytes, random.Next(1, 40));
            var (start, before) = (watch.Elapsed, GC.GetAllocatedBytesForCurrentThread());
            try
            {
                while (Wire.Protocol.TryParseMessage(ref input, Binder.Instance, out var message))
                {
                    messages++;
                    failed += message is InvocationBindingFailureMessage or StreamBindingFailureMessage ? 1 : 0;
                }

                incomplete += input.IsEmpty ? 0 : 1;
            }
            catch (InvalidDataException)
            {
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"The mutant {seed} ({Convert.ToHexString(bytes)}): {exception}");
            }

            var (time, allocated) = (watch.Elapsed - start, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(allocated <= MaximumAllocation, $"The mutant {seed} took {allocated} bytes.");
            Assert.True(time <= MaximumTime, $"The mutant {seed} took {time}.");
            (slowest, largest) = (time > slowest ? time : slowest, Math.Max(allocated, largest));
        }

        output.WriteLine(
            $"{MutationScale.Mutants} mutants in {watch.Elapsed}: {messages} messages, {failed} of them failures to bind, {incomplete} ends not there yet, "
            + $"{refused} refused; the slowest {slowest.TotalMilliseconds:f1} ms, the largest {largest} bytes");
    }
}
