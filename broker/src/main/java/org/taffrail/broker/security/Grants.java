// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.util.Set;

/**
 * Who may do what everywhere, beside what is permitted by destination. Immutable.
 *
 * @param managers who may look at the broker and change what is in it
 * @param importers who may send messages that keep what another broker gave them
 * @param everybodyManages whether everybody may manage who is let in, those without a name among
 *     them, as with a broker that has no users
 * @param everybodyImports whether everybody may import in the same way
 */
public record Grants(
        Set<String> managers,
        Set<String> importers,
        boolean everybodyManages,
        boolean everybodyImports) {
    /** Grants nothing to anybody. */
    public static final Grants NONE = new Grants(Set.of(), Set.of(), false, false);

    /** What a broker grants that has no users: everybody manages. */
    public static final Grants WITHOUT_USERS = new Grants(Set.of(), Set.of(), true, false);

    boolean manages(Identity who) {
        return everybodyManages || who.user() != null && managers.contains(who.user());
    }

    boolean imports(Identity who) {
        return everybodyImports || who.user() != null && importers.contains(who.user());
    }
}
