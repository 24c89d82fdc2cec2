add_executable(unit_engine_worker ${CMAKE_CURRENT_SOURCE_DIR}/unit/engine/worker_program.cc)
target_link_libraries(unit_engine_worker PRIVATE sohoa_engine)
sohoa_tests(unit/engine USES sohoa_engine)
add_dependencies(unit_engine unit_engine_worker)
