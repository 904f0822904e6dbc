# Qaydanın yol vermədiyi əməl: səbəbi.
refusal-act-title = Bu, edilmədi
refusal-act-kept = Heç nə dəyişdirilmədi. İmtina jurnala yazıldı.
refusal-act-not-permitted = Bu hesabın buna hüququ yoxdur.
refusal-act-not-found = Belə qeyd yoxdur.
refusal-act-same-officer = Əvvəlki addımı atan əməkdaş bunu edə bilməz. Başqa əməkdaş lazımdır.
refusal-act-case-state = İşin indiki vəziyyətində bu mümkün deyil.
refusal-act-missing = Əvvəlcə bu lazımdır: { $what }
refusal-act-already-recorded = Artıq mümkün deyil. Bu, qeydə alınıb: { $what }
refusal-act-no-such-step = Bu icraatda belə addım yoxdur.
refusal-act-reason-needed = Öz əsaslandırmanızı yazın.
refusal-act-citation-needed = Qərar bunlardan birinə istinad etməlidir: { $what }
refusal-act-wall = Qanun buna yol vermir: { $what }
refusal-act-given-already = Bu, artıq verilib.
refusal-act-card-state = Vəsiqənin indiki vəziyyətində bu mümkün deyil.
refusal-act-no-blank = Boş blank qalmayıb.
refusal-act-conflict = Qeydi bu arada başqası dəyişdirib. Yenidən baxın.
refusal-act-looks-like = Qeydiyyatda bu formadakılara oxşayan şəxslər var. Onları müqayisə edin və hər biri haqqında başqa şəxs olub-olmadığını deyin.
refusal-act-fields = Bəzi sahələr düzgün doldurulmayıb.

# Sahədəki səhv.
refusal-field-missing = Bu sahəni doldurun
refusal-field-in-future = Bu gün hələ gəlməyib
refusal-field-no-such-day = Belə gün yoxdur. Gün, ay və il yazın
refusal-field-text = 1 ilə { $limit } arası işarə yazın
refusal-field-line = Bir sətirdə 1 ilə { $limit } arası görünən işarə yazın
refusal-field-letters-min = Ən azı { $limit } hərf yazın
refusal-field-at-most = Ən çox { $limit }
refusal-field-up-to = 1 ilə { $limit } arası
refusal-field-not-in-list = Siyahıdan seçin
refusal-field-other = Düzgün deyil: { $what }
