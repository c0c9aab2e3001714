namespace RealtimeSessions.Benchmarks.Load.Dialects;

/// <summary>
/// The hub of this product, for members that are alone in their session and do not ask for their own events. What they made is checked by the
/// answers: each patch must have got a place of its own, and together they must fill the log without a gap.
/// </summary>
internal sealed class QuietSessionsDialect(PatchShape shape) : SessionsDialect(shape)
{
    public new const string Name = "quiet sessions";

    protected override bool Echo => false;

    public override long Due(Member member, long made) => made - member.Patches;

    public override void TakeAnswer(Member member, ReadOnlySpan<byte> record) =>
        member.Places.Take(NumberAfter(record, "\"sequence\":"u8), member.Sequence);
}
