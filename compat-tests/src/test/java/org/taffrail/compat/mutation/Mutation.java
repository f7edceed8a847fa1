// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

/** One way of breaking a provider: it stands between the application and each of its calls. */
@FunctionalInterface
interface Mutation {
    /** The one that breaks nothing. */
    Mutation NONE = Call::proceed;

    /**
     * Answers a call in the place of the provider.
     *
     * @param call the call; {@link Call#proceed} asks the provider
     * @return what the application gets
     * @throws Throwable what the application gets instead
     */
    Object answer(Call call) throws Throwable;

    /**
     * Tells whether an application sees that the provider's objects are of an interface.
     *
     * @param type an interface of theirs
     */
    default boolean shows(Class<?> type) {
        return true;
    }

    /** Makes one that hides an interface, and those that extend it. */
    static Mutation hiding(Class<?> hidden) {
        return new Mutation() {
            @Override
            public Object answer(Call call) throws Throwable {
                return call.proceed();
            }

            @Override
            public boolean shows(Class<?> type) {
                return !hidden.isAssignableFrom(type);
            }
        };
    }
}
