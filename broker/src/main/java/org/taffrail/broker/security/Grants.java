// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.util.Set;

/**
 * What users may do beside sending and receiving. Immutable.
 *
 * @param managers who may look at the broker and change what is in it
 * @param importers who may send messages that keep what another broker gave them
 * @param everybodyImports whether everybody may who is let in, those without a name among them
 */
public record Grants(Set<String> managers, Set<String> importers, boolean everybodyImports) {
    /** Grants nothing to anybody. */
    public static final Grants NONE = new Grants(Set.of(), Set.of(), false);

    /** Lets a user in; null who gives no name. */
    Authenticator.Admitted admit(String user) {
        boolean named = user != null;
        return new Authenticator.Admitted(
                user,
                named && managers.contains(user),
                everybodyImports || named && importers.contains(user));
    }
}
