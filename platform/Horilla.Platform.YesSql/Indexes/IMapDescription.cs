namespace YesSql.Indexes;

internal interface IMapDescription
{
    IndexDescriptor ToDescriptor();
}
