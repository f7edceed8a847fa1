// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

/**
 * What a broker believes of those who come: a chain. A certificate is looked at where the client
 * asks for that; a name and a password by the file where the name is in it, and otherwise by JAAS.
 *
 * @param users the users of a file, null for no file
 * @param jaas the login modules, null for none
 * @param certificates whose a certificate is; where there is a file it must be one of its users'
 */
public record UserSources(LiveUsers users, JaasLogin jaas, CertificateNames certificates) {
    /**
     * Returns the chain of a file alone.
     *
     * @param users its users
     * @return the chain
     */
    public static UserSources of(LiveUsers users) {
        return new UserSources(users, null, CertificateNames.NONE);
    }
}
