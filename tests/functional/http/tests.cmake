sohoa_tests(functional/http USES sohoa_http sohoa_office sohoa_archive sohoa_indexer sohoa_catalogue sohoa_rules sohoa_demo_pki
            sohoa_test_support)
add_dependencies(functional_http sohoa-page)
