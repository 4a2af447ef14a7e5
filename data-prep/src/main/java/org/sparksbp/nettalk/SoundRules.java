package org.sparksbp.nettalk;

import java.util.Arrays;
import java.util.List;

/** Which letters stand for which sounds: pairs {@code letters=phonemes}, {@code -} for silence. */
final class SoundRules {

  /** Letters and one phoneme symbol for each. */
  record Sound(String letters, String phonemes) {}

  static final List<Sound> ONSETS =
      sounds(
          "b=b d=d f=f g=g h=h k=k l=l m=m n=n p=p r=r s=s t=t v=v w=w y=y z=z ch=C- sh=S-"
              + " th=T- ph=f- qu=kw st=st tr=tr pl=pl br=br kn=-n");
  static final List<Sound> STRESSED_VOWELS =
      sounds("a=@ e=E i=I o=a u=^ ee=i- ea=i- oo=u- ai=e- oa=o- ou=W- oy=O-");
  static final List<Sound> WEAK_VOWELS = sounds("a=x e=x i=I o=x u=x er=R-");
  static final List<Sound> LONG_VOWELS = sounds("a=e i=A o=o u=u");
  static final List<Sound> CODAS =
      sounds("b=b d=d g=g l=l m=m n=n p=p r=r s=s t=t ck=k- ng=G- sh=S- nt=nt st=st ll=l- x=X");
  static final List<Sound> BEFORE_MUTE_E = sounds("k=k t=t n=n m=m p=p l=l v=v");
  static final Sound MUTE_E = new Sound("e", "-");

  private SoundRules() {}

  private static List<Sound> sounds(String pairs) {
    return Arrays.stream(pairs.split(" ", -1))
        .map(pair -> pair.split("=", -1))
        .map(pair -> new Sound(pair[0], pair[1]))
        .toList();
  }
}
