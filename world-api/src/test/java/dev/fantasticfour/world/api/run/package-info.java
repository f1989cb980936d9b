/** Tests of identifiers. */
@NullMarked
package dev.fantasticfour.world.api.run;

import org.jspecify.annotations.NullMarked;
