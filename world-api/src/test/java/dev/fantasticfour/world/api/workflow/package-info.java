/** Tests of typed keys and policies. */
@NullMarked
package dev.fantasticfour.world.api.workflow;

import org.jspecify.annotations.NullMarked;
