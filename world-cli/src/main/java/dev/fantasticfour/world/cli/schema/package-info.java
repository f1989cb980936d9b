/** {@code world migrate}: World's tables. */
@NullMarked
package dev.fantasticfour.world.cli.schema;

import org.jspecify.annotations.NullMarked;
