using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;

namespace Horilla.Platform.Data;

/// <summary>The keys of data protection in a folder. A file that is no key, as of a disk that was full, keeps nobody from the others.</summary>
internal sealed partial class KeyFolder(DirectoryInfo folder, ILoggerFactory loggers) : FileSystemXmlRepository(folder, loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<KeyFolder>();

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

    [LoggerMessage(1, LogLevel.Warning, "The file '{File}' is no key of data protection and is passed over. Restore it from a backup if it was one; else delete it.")]
    private partial void LogUnreadable(Exception exception, string file);
}
