// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.util.Set;

/**
 * What users may do everywhere beside what is permitted by destination. Immutable.
 *
 * @param managers who may look at the broker and change what is in it
 * @param importers who may send messages that keep what another broker gave them
 * @param everybodyImports whether everybody may who is let in, those without a name among them
 */
public record Grants(Set<String> managers, Set<String> importers, boolean everybodyImports) {
    /** Grants nothing to anybody. */
    public static final Grants NONE = new Grants(Set.of(), Set.of(), false);

    /** Says who a user is; null who gives no name. */
    Identity identity(String user, Set<String> roles) {
        boolean named = user != null;
        return new Identity(
                user,
                roles,
                named && managers.contains(user),
                everybodyImports || named && importers.contains(user));
    }
}
