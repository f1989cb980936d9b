/** What was found, as a table for people and as a JSON document for programs. */
@NullMarked
package dev.fantasticfour.world.bench.report;

import org.jspecify.annotations.NullMarked;
