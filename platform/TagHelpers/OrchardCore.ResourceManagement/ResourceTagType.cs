namespace OrchardCore.ResourceManagement;

public enum ResourceTagType
{
    HeadScript,
    FootScript,
    Stylesheet,
}
