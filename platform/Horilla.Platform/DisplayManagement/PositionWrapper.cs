using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace OrchardCore.DisplayManagement;

/// <summary>Adds a position to text or content that has none.</summary>
internal sealed class PositionWrapper(IHtmlContent content, string? position) : IHtmlContent, IPositioned
{
    public string? Position { get; set; } = position;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => content.WriteTo(writer, encoder);
}
