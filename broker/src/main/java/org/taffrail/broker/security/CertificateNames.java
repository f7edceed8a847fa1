// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.util.List;
import java.util.Locale;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Which user a certificate is of, by its subject. */
public enum CertificateNames {
    /** No certificate is a user's. */
    NONE,
    /** The common name of the subject, which has one and no more. */
    CN,
    /** All of the subject, as RFC 2253 writes it. */
    SUBJECT;

    /**
     * Returns the rule with a name.
     *
     * @param text such as {@code cn}
     * @return the rule
     */
    public static CertificateNames of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /**
     * Returns whose a certificate is.
     *
     * @param subject the certificate's subject; null for no certificate
     * @return the user's name; null where it is nobody's
     */
    String user(X500Principal subject) {
        if (subject == null || this == NONE) {
            return null;
        }
        String name = subject.getName(X500Principal.RFC2253);
        return check(this == SUBJECT ? name : commonName(name));
    }

    private static String commonName(String subject) {
        try {
            List<Rdn> found =
                    new LdapName(subject)
                            .getRdns().stream()
                                    .filter(rdn -> rdn.toAttributes().get("CN") != null)
                                    .toList();
            boolean one = found.size() == 1 && found.get(0).size() == 1;
            return one && found.get(0).getValue() instanceof String text ? text : null;
        } catch (InvalidNameException e) {
            return null;
        }
    }

    private static String check(String name) {
        try {
            if (name != null) {
                Users.checkName(name);
            }
            return name;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
