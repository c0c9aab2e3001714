using System.Globalization;
using System.Text.Unicode;

namespace RealtimeSessions.Benchmarks.Load.Dialects;

/// <summary>The method of the baseline that takes a patch and does nothing with it.</summary>
internal sealed class NothingDialect(PatchShape shape) : BareDialect(shape)
{
    public new const string Name = "nothing";

    public override long Due(Member member, long made) => 0;

    protected override int WriteHead(Member member, long number, Span<byte> to)
    {
        Utf8.TryWrite(
            to, CultureInfo.InvariantCulture, $"{{\"type\":1,\"invocationId\":\"{number}\",\"target\":\"Nothing\",\"arguments\":[", out var length);
        return length;
    }
}
