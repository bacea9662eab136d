namespace YesSql.Indexes;

public interface IIndex
{
    long Id { get; set; }
}
