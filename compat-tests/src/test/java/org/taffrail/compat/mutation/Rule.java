// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import java.util.List;
import java.util.function.Supplier;

/**
 * A rule of the specification, a provider that breaks it, and the checks that have to say so.
 *
 * @param broken what the provider does instead
 * @param mutation makes the broken provider, a new one for each check
 * @param checks ids of the checks that must fail
 */
record Rule(String broken, Supplier<Mutation> mutation, List<String> checks) {
    static Rule of(String broken, Mutation mutation, String... checks) {
        return new Rule(broken, () -> mutation, List.of(checks));
    }

    static Rule remembering(String broken, Supplier<Mutation> mutation, String... checks) {
        return new Rule(broken, mutation, List.of(checks));
    }

    @Override
    public String toString() {
        return broken;
    }
}
