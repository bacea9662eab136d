using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;

namespace Horilla.Platform.Data;

/// <summary>Data protection keys in a folder. A file that isn't a valid key, for example because the disk was full, doesn't affect the other keys.</summary>
internal sealed partial class TolerantXmlRepository(DirectoryInfo folder, ILoggerFactory loggers) : FileSystemXmlRepository(folder, loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<TolerantXmlRepository>();

    public override IReadOnlyCollection<XElement> GetAllElements()
    {
        var keys = new List<XElement>();

        foreach (var file in Directory.EnumerateFiles("*.xml").Select(file => file.FullName))
        {
            try
            {
                keys.Add(XElement.Load(file));
            }
            catch (XmlException e)
            {
                LogUnreadable(e, file);
            }
        }

        return keys;
    }

    [LoggerMessage(1, LogLevel.Warning, "The file '{File}' isn't a valid data protection key and was skipped. If it was a key, restore it from a backup; otherwise, delete it.")]
    private partial void LogUnreadable(Exception exception, string file);
}
