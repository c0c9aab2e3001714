using System.Globalization;
using System.Text;
using RealtimeSessions.LoadTester.Traces;

namespace RealtimeSessions.LoadTester.Load;

/// <summary>The patches of a steady load: each sets one of 64 items, so that the data do not grow for ever.</summary>
/// <param name="bytes">How much a patch weighs, about.</param>
internal sealed class SoakPatch(int bytes)
{
    private const int Items = 64;

    // What the rest of a patch weighs.
    private const int Frame = 45;

    private readonly string _text = new('x', Math.Max(0, bytes - Frame));

    /// <summary>Makes a patch.</summary>
    /// <param name="number">Its number.</param>
    public TraceCall Make(long number) => new(
        At: 0, Connection: 0, TraceMethods.PatchSessionData,
        Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $$$$"""{"data":{"items":{"i{{{{number % Items}}}}":{"n":{{{{number}}}},"text":"{{{{_text}}}}"} }}}""")));
}
