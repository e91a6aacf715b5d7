using Xunit.v3;

// As they are written: what xunit does otherwise depends on the path that a checkout lies at, so a test that leans on another one would
// fail on one machine and pass on the next.
[assembly: TestCollectionOrderer(typeof(UnorderedTestCollectionOrderer))]
[assembly: TestClassOrderer(typeof(UnorderedTestClassOrderer))]
[assembly: TestMethodOrderer(typeof(UnorderedTestMethodOrderer))]
[assembly: TestCaseOrderer(typeof(UnorderedTestCaseOrderer))]
