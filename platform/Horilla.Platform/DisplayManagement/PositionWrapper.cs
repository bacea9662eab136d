using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace OrchardCore.DisplayManagement;

/// <summary>Gives a position to a text or to content that has none.</summary>
internal sealed class PositionWrapper(IHtmlContent content, string? position) : IHtmlContent, IPositioned
{
    public string? Position { get; set; } = position;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => content.WriteTo(writer, encoder);
}
