/**
 * Cell tables of any tool, read and completed row by row: CSV in its dialects,
 * Parquet by DuckDB.
 */

package org.senoscope.io.table;
