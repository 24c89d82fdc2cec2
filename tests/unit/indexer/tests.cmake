sohoa_tests(unit/indexer TIMEOUT 300 USES sohoa_indexer sohoa_archive sohoa_catalogue sohoa_rules sohoa_test_support)
