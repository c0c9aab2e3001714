using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace RealtimeSessions.LoadTester.Report.Html;

/// <summary>A chart over time as SVG, with what it says at a time under the pointer; it needs no script.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Series">Its curves, three at most.</param>
/// <param name="Format">How values are written.</param>
/// <param name="IsLogarithmic">Whether each step up is ten times as much.</param>
internal sealed record Chart(string Title, IReadOnlyList<ChartSeries> Series, Func<double, string> Format, bool IsLogarithmic = false)
{
    private const double Width = 560, Height = 210, Left = 58, Right = 8, Top = 8, Bottom = 24;
    private const int MostPoints = 240, MostTips = 120;

    /// <summary>Draws it.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="times">The times of all values, in seconds.</param>
    public void Write(StringBuilder html, IReadOnlyList<double> times)
    {
        var scale = ChartScale.Over(Series.SelectMany(series => series.Values).OfType<double>(), IsLogarithmic);
        html.Append("<figure class=\"card\"><figcaption><b>").Append(Encode(Title)).Append("</b>");
        for (var i = 0; i < Series.Count; i++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<span><i class=\"f{i}\"></i>{Encode(Series[i].Name)}</span>");
        }

        html.Append(CultureInfo.InvariantCulture, $"</figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Encode(Title)}\">");
        WriteAxes(html, scale, times);
        for (var i = 0; i < Series.Count; i++)
        {
            WriteCurve(html, Series[i], i, scale, times);
        }

        WriteTips(html, scale, times);
        html.Append("</svg></figure>");
    }

    private void WriteAxes(StringBuilder html, ChartScale scale, IReadOnlyList<double> times)
    {
        foreach (var tick in scale.Ticks)
        {
            var y = Y(scale, tick);
            html.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>");
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Encode(Format(tick))}</text>");
        }

        foreach (var second in ChartScale.TimeTicks(times.Count == 0 ? 0 : times[^1]))
        {
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(second, times):0.#}\" y=\"{Height - 6}\" text-anchor=\"middle\">{Clock(second)}</text>");
        }
    }

    private static void WriteCurve(StringBuilder html, ChartSeries series, int number, ChartScale scale, IReadOnlyList<double> times)
    {
        var step = Math.Max(1, (times.Count + MostPoints - 1) / MostPoints);
        var (path, area) = (new StringBuilder(), new StringBuilder());
        double? from = null, to = null;
        for (var i = 0; i < times.Count; i += step)
        {
            // Of several values in the place of one the largest is drawn: it is the one that matters.
            if (series.Values.Skip(i).Take(step).Max() is not { } value)
            {
                Close();
                continue;
            }

            var (x, y) = (X(times[i], times), Y(scale, value));
            path.Append(CultureInfo.InvariantCulture, $"{(from is null ? 'M' : 'L')}{x:0.#} {y:0.#}");
            area.Append(CultureInfo.InvariantCulture, $"{(from is null ? $"M{x:0.#} {Height - Bottom}L" : "L")}{x:0.#} {y:0.#}");
            (from, to) = (from ?? x, x);
        }

        Close();
        if (number == 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<path class=\"area f0\" d=\"{area}\"/>");
        }

        html.Append(CultureInfo.InvariantCulture, $"<path class=\"curve s{number}\" d=\"{path}\"/>");

        void Close()
        {
            if (to is { } end)
            {
                area.Append(CultureInfo.InvariantCulture, $"L{end:0.#} {Height - Bottom}Z");
            }

            (from, to) = (null, null);
        }
    }

    private void WriteTips(StringBuilder html, ChartScale scale, IReadOnlyList<double> times)
    {
        const double Line = 15, BoxWidth = 158;
        var step = Math.Max(1, (times.Count + MostTips - 1) / MostTips);
        var width = (Width - Left - Right) / Math.Max(1, (times.Count + step - 1) / step);
        for (var i = 0; i < times.Count; i += step)
        {
            var x = X(times[i], times);
            var box = x + 10 + BoxWidth > Width ? x - 10 - BoxWidth : x + 10;
            html.Append(CultureInfo.InvariantCulture, $"<g class=\"at\"><rect class=\"hit\" x=\"{x - (width / 2):0.#}\" y=\"{Top}\" width=\"{width:0.##}\" height=\"{Height - Top - Bottom}\"/><g>");
            html.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
            html.Append(CultureInfo.InvariantCulture, $"<rect class=\"box\" rx=\"5\" x=\"{box:0.#}\" y=\"{Top + 4}\" width=\"{BoxWidth}\" height=\"{(Line * (Series.Count + 1)) + 8}\"/>");
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{box + 9:0.#}\" y=\"{Top + 19}\">{Clock(times[i])}</text>");
            for (var k = 0; k < Series.Count; k++)
            {
                var (value, y) = (Series[k].Values[i], Top + 19 + (Line * (k + 1)));
                html.Append(CultureInfo.InvariantCulture, $"<text x=\"{box + 9:0.#}\" y=\"{y}\">{Encode(Series[k].Name)}</text>");
                html.Append(CultureInfo.InvariantCulture, $"<text class=\"said\" text-anchor=\"end\" x=\"{box + BoxWidth - 9:0.#}\" y=\"{y}\">{Encode(value is { } known ? Format(known) : Figures.None)}</text>");
                if (value is { } point)
                {
                    html.Append(CultureInfo.InvariantCulture, $"<circle class=\"f{k}\" r=\"3\" cx=\"{x:0.#}\" cy=\"{Y(scale, point):0.#}\"/>");
                }
            }

            html.Append("</g></g>");
        }
    }

    private static double X(double second, IReadOnlyList<double> times)
    {
        var (first, last) = (times.Count == 0 ? 0 : times[0], times.Count == 0 ? 1 : times[^1]);
        var share = last <= first ? 0 : (Math.Max(second, first) - first) / (last - first);
        return Left + (share * (Width - Left - Right));
    }

    private static double Y(ChartScale scale, double value) => Height - Bottom - (scale.Share(value) * (Height - Top - Bottom));

    private static string Clock(double seconds) =>
        TimeSpan.FromSeconds(Math.Round(seconds)).ToString(seconds < 3600 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}

/// <summary>A curve.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Values">Its values, one for each time; null: there is none.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<double?> Values);
